/* What in a text may give its writer away, found here and sent nowhere: addresses, days, times, small numbers of people,
   conversations, names. It finds what it can see; it does not know what your colleagues know. */
const DAY = "mon|tues|wednes|thurs|fri|satur|sun";
const MONTH = "january|february|march|april|may|june|july|august|september|october|november|december";
const FEW = "one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,2}";
const PEOPLE = "us|them|people|colleagues|women|men|nurses|drivers|engineers|teachers|apprentices|trainees";
const KINDS = {
  mail: /[^\s@<>]+@[^\s@<>]+\.\p{L}{2,}/gu,
  phone: /(?<!\d)\+?\d[\d ()/-]{6,}\d(?!\d)/g,
  date: new RegExp(`\\b(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${MONTH})|(?:${MONTH}) \\d{1,2}|\\d{4}-\\d\\d-\\d\\d|\\d{1,2}[./]\\d{1,2}(?:[./]\\d{2,4})?|(?:last |next )?(?:${DAY})day(?:'s|’s)?(?: (?:morning|afternoon|evening|night|early|late)(?: shift)?)?|yesterday|last (?:night|week))\\b`, "gi"),
  time: /\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b|\b\d{1,2} ?(?:am|pm)\b/gi,
  count: new RegExp(`\\b(?:(?:my|our) (?:team|unit|group|shift|crew) of (?:${FEW})|(?:only |just )?(?:the )?(?:${FEW}) of us|(?:${FEW}) (?:${PEOPLE})|(?:as )?(?:the |an? )?only (?:woman|man|one|person|apprentice|nurse|driver))\\b`, "gi"),
  told: /\b(?:as )?I (?:told|said to|wrote to|asked|complained to|mentioned to|reported to)(?: (?:my|our) [\p{L}]+| \p{Lu}[\p{L}'’-]+)?/gu,
  name: /(?<=[\p{L}\d,;:"'’)] )\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}[\p{Ll}'’-]+)*/gu,
};
const NO_NAMES = new Set(["I", "I'm", "I've", "I'd", "I'll", "English", "Monday", "Heard"]);

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
  return words.length > 5 && words.filter((word) => /^\p{Lu}/u.test(word)).length > words.length / 3;
}
