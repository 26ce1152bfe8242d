import { stemOf } from './stem.ts'

/** They hold a sentence together, or ask, and say nothing of what it is about. */
const WORDS =
  'a an the this that these those some any each every both either neither such same other another no nor not all ' +
  'i me my mine we us our ours you your yours he him his she her hers it its they them their theirs one ones ' +
  'myself yourself himself herself itself ourselves themselves there here ' +
  'am is are was were be been being do does did doing done have has had having ' +
  'can could will would shall should may might must ought ' +
  'and or but if because as until while than so though although whether ' +
  'of at by for with about against between into through during before after above below to from up down in out on off over ' +
  'under onto upon within without among per via ' +
  'what who whom whose when where which why how much many more most few very too also just only again then once ever ' +
  // What the words before an apostrophe leave behind.
  's t d ll m re ve don isn aren wasn weren didn doesn couldn shouldn wouldn hasn haven hadn'

/** As the analyzer has them. */
const TERMS = new Set(WORDS.split(' ').flatMap((word) => [word, stemOf(word)]))

/** The terms of an English question that say what it is about. In any other, `it` and `who` are names, as they are in capitals. */
export function withoutFunctionWords(question: string, terms: readonly string[]): string[] {
  if (!isEnglish(question)) return [...terms]
  const names = namesIn(question)
  return terms.filter((term) => !TERMS.has(term) || names.has(term))
}

function isEnglish(text: string): boolean {
  const english = text.match(/[a-z]+/gi)?.length ?? 0
  const korean = text.match(/[가-힣]+/g)?.length ?? 0
  return english > korean
}

/** Where all is in capitals, they say nothing. */
function namesIn(text: string): ReadonlySet<string> {
  if (!/[a-z]/.test(text)) return new Set()
  return new Set(text.match(/\b[A-Z]{2,}\b/g)?.map((name) => name.toLowerCase()))
}
