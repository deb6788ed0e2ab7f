"""The language of a text, told by the little words that every sentence is held together by."""

from collections.abc import Iterable

LEAST = 2
"""So many of them have to be there, and more than of any other language."""
_LITTLE = {
    "da": "og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham "
    "hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når være "
    "dog noget ville jo deres efter ned skulle denne end dette mit også under have dig anden hende mine alt meget",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
    "hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum haben nur oder aber vor zur bis "
    "mehr durch man sein wurde wenn ich wir ihr uns kann schon dieser diese dieses hier war habe muss keine bitte",
    "en": "the of and to in is that for it as was with be by on not he his but at are this have from or had an they "
    "which one you were her all she there would their we him been has when who will more no if out so said what up "
    "its about into than them can only other my do your could our please how these any should does anyone i",
    "es": "de la que el en y los se del las un por con no una su para es al lo como más o pero sus le ha me si sin "
    "sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque "
    "qué hay donde han quien nos durante uno ni contra ese eso tiene hacer usted cada",
    "fi": "ja on ei että se hän oli mutta niin kun jos kuin ovat ole myös mitä tai joka sen vain nyt olla ollut minä "
    "sinä me te he kaikki sitten voi jo vielä kanssa tämä siitä mukaan jotka sekä pitää minun onko",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son "
    "aux cette nous mais ont leur été même comme elle être deux ces fait vous je tout bien peut on sans si très "
    "où aussi dont chez entre sous donc leurs y ai avez merci",
    "hu": "a az és hogy nem is egy ez volt meg csak de van már el ha mint vagy mert ki még lehet fel azt be kell "
    "minden lesz ezt után itt majd aki nagyon ami nincs sem most úgy én mi",
    "it": "di e che il la un a per è in una non sono del si da con i le al come più dei nel alla o gli anche ma lo "
    "della se ha su mi questo delle ci nella perché molto quando cosa così essere quello tutti fatto dal era ho",
    "nl": "de en van het een in is dat op te zijn met voor niet aan er om ook als dan maar bij door uit over naar "
    "nog ik je hij ze we wordt worden deze dit heeft hebben kan geen wel wat die al meer hoe moet moeten mijn onze",
    "no": "og i jeg det at en et den til er som på de med han av ikke der så var meg seg men har om vi min mitt ha "
    "hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv her alle vil bli ble kunne "
    "inn når være kom noen noe ville dere også etter ned skulle denne dette uten mye",
    "pl": "i w na z do że się nie to jest o jak za od po co tak dla ale są przez by czy już tylko może jego jej ich "
    "ze oraz także był była było być ten ta te tym tego lub który która które pan gdy więc mnie nam bardzo jeszcze",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou "
    "quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles "
    "você essa num nem suas meu às minha numa são está foi ser",
    "ro": "și în de la a cu nu pe că este o un care din mai au fost pentru ca să se ce sau dar am sunt prin era după "
    "fi cum dacă până foarte toate acest această lui ei vă ne noi despre",
    "ru": "и в не на что я с он а как это по но они к у ты из мы за вы так же от то о его все бы для было только мне "
    "был если или когда уже ли быть нет до есть ещё еще очень можно надо где кто чтобы этого при без нас вас",
    "sv": "och i att det som en på är av för med den till inte om ett han men jag från de var så vi hade när skulle "
    "kan under har man också eller vid ut över efter sig mycket denna blir nu detta alla dem där vad här ska vara "
    "någon några mig oss inom utan",
    "tr": "ve bir bu da de için ile çok daha olarak gibi ne en var o kadar sonra ama ben mi mı olan değil her şey "
    "biz siz ya hem ancak veya yok ki nasıl niye olduğu bana size bize",
}
_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _LITTLE.items():
    for _word in _words.split():
        _OF[_word] = (*_OF.get(_word, ()), _language)
LOOKED_AT = 300


def is_little(word: str) -> bool:
    """Whether this is one of the words that every sentence of some language is held together by."""
    return word in _OF


def language_of(words: Iterable[str], otherwise: str = "") -> str:
    """The language of these words, given as written; `otherwise` where there are too few of the little ones to tell."""
    counts: dict[str, float] = {}
    for _nth, word in zip(range(LOOKED_AT), words, strict=False):
        languages = _OF.get(word.lower(), ())
        for language in languages:
            # A word that several languages share says less.
            counts[language] = counts.get(language, 0) + 1 / len(languages)
    ranked = sorted(counts.items(), key=lambda item: item[1], reverse=True)
    if not ranked or ranked[0][1] < LEAST:
        return otherwise
    return otherwise if len(ranked) > 1 and ranked[1][1] == ranked[0][1] else ranked[0][0]
