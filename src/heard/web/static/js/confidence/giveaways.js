/* What in a text may give its writer away, found here and sent nowhere: addresses, days, times, small numbers of people,
   conversations, names. It finds what it can see; it does not know what your colleagues know. */
const DAY = "mon|tues|wednes|thurs|fri|satur|sun";
const MONTH = "january|february|march|april|may|june|july|august|september|october|november|december";
const FEW = "one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,2}";
const PEOPLE = "us|them|people|colleagues|women|men|nurses|drivers|engineers|teachers|apprentices|trainees";
const anyOf = (words) => words.trim().split(/\s+/).join("|");
const ORDINAL = "(?:[12]?\\d|3[01])(?:st|nd|rd|th)";
const NOT_OF_DAYS = "time|floor|shift|century|team|place|line|one|quarter|half|person|attempt|version|round|draft|call|reminder|year";
/* What stands at the beginning of sentences, written large, and is nobody's name. */
const NOBODY = anyOf(`
  The A An And But Or So If When While Since Because As At In On Of For From To With Without After Before During
  Until By About Over Under Between My Our Your His Her Its Their We You He She It They One This That These Those
  There Here What Who Whoever Which Whose Where Why How Nobody Everybody Somebody Anybody Someone Everyone Anyone
  Nothing Everything Something Anything All Both Each Every Some Any Many Most Much More Few No Not None Never
  Always Often Sometimes Once Now Then Today Yesterday Tomorrow Tonight Yes Please Thanks Let Maybe Perhaps Also
  Another Other Only Even Still Just Last Next First Half Work Pay Overtime Staff Morale Money Time Team Everyday
  Manager Company Office Department Life Food Lunch Coffee Software Night Day Week Month Weekend Rota Shift
  Support Feedback Trust Respect Stress Leave Holiday Change Payroll Production Maintenance Security Nor Whatever
  Whether Although Though Unless Hello Dear Home Care Health Noise Heat Air Water Progress Pressure Sick Bullying`);
const DOES = anyOf(`
  told said says knows knew thinks thought wants wanted was is has had does did asks asked hides hid lies lied
  shouts shouted yells yelled bullies bullied threatens threatened refuses refused promised decides decided gave
  gives takes took makes made keeps kept came comes left saw sees never always and\\sI`);
const MATTER = "\\p{L}+(?:tion|ment|ness|ship|ity|ning|ting|ling)";
const NAME = "(?!I['’])\\p{Lu}[\\p{Ll}'’]+(?:-\\p{Lu}?[\\p{Ll}'’]+)*";
const KINDS = {
  mail: /[^\s@<>]+@[^\s@<>]+\.\p{L}{2,}/gu,
  phone: /(?<!\d)\+?\d[\d ()/-]{6,}\d(?!\d)/g,
  date: new RegExp(`\\b(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${MONTH})|(?:${MONTH}) \\d{1,2}|(?<=\\bthe )${ORDINAL}(?! (?:${NOT_OF_DAYS})\\b)|\\d{4}-\\d\\d-\\d\\d|\\d{1,2}[./]\\d{1,2}(?:[./]\\d{2,4})?|(?:last |next )?(?:${DAY})day(?:'s|’s)?(?: (?:morning|afternoon|evening|night|early|late)(?: shift)?)?|yesterday|last (?:night|week))\\b`, "gi"),
  time: /\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b|\b\d{1,2} ?(?:am|pm)\b/gi,
  count: new RegExp(`\\b(?:(?:my|our) (?:team|unit|group|shift|crew) of (?:${FEW})|(?:only |just )?(?:the )?(?:${FEW}) of us|(?:${FEW}) (?:${PEOPLE})|we(?:['’]re| are| were)(?: only| just)? (?:${FEW})(?=\\s*(?:$|[\\n.,;:!?)])| (?:on|in|at|here|there|who|altogether|left|per)\\b)|(?:as )?(?:the |an? )?only (?:woman|man|one|person|apprentice|nurse|driver))\\b`, "gi"),
  told: /\b(?:as )?I (?:told|said to|wrote to|asked|complained to|mentioned to|reported to)(?: (?:my|our) [\p{L}]+|(?: \p{Lu}[\p{L}'’-]+)+)?/gu,
  name: new RegExp(`(?<=[\\p{L}\\d,;:"'’)] )${NAME}(?: ${NAME})*|(?<![\\p{L}\\p{N}'’-])(?!(?:${NOBODY}|${MATTER})(?!\\p{L}))(?:${NAME}(?: ${NAME})+|${NAME}(?:(?<=['’]s)|(?= (?:${DOES})(?!\\p{L}))))`, "gu"),
};
const NO_NAMES = new Set(["I", "I'm", "I've", "I'd", "I'll", "English", "Heard"]);

/* [{ start, end, kind }], in the order of the text, none within another. */
export function giveaways(text) {
  const found = [];
  for (const [kind, pattern] of Object.entries(KINDS))
    for (const { 0: words, index } of text.matchAll(pattern)) {
      const [start, end] = [index, index + words.length];
      const isSaid = found.some((one) => start < one.end && one.start < end);
      if (!isSaid && !NO_NAMES.has(words)) found.push({ start, end, kind });
    }
  return manyCapitals(text) ? found.filter(({ kind }) => kind !== "name").sort(byPlace) : found.sort(byPlace);
}

const byPlace = (one, other) => one.start - other.start;

/* Where every third word is written large, as in German or in shouting, a capital says nothing of a name. */
function manyCapitals(text) {
  const words = text.match(/\p{L}+/gu) ?? [];
  return words.length > 5 && words.filter((word) => word !== "I" && /^\p{Lu}/u.test(word)).length > words.length / 3;
}
