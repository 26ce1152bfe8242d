/** Search is told no more words of one text than this. */
const MAX_WORDS = 1000
const MAX_CHARACTERS = 8000

/**
 * What search knows of a text, in Korean, English, or both. Hangul, Han and Kana are known by pairs of
 * characters, so that spaces and endings do not matter, and Hangul without the particle at its end; other words
 * without an English plural. The same for what is kept and for what is looked for. No dictionary: a process of
 * agents has no 60 MB for one.
 */
export function wordsOf(text: string): string[] {
  const words = new Set<string>()
  const plain = text.slice(0, MAX_CHARACTERS).normalize('NFKC').toLowerCase()
  for (const { 0: run, index } of plain.matchAll(RUN)) {
    if (words.size >= MAX_WORDS) break
    const before = plain.slice(0, index).at(-1) ?? ' '
    for (const word of wordsIn(run, before)) words.add(word)
  }
  return [...words].slice(0, MAX_WORDS)
}

const RUN =
  /\p{Script=Hangul}+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|(?:(?!\p{Script=Hangul}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana})[\p{L}\p{M}\p{N}_])+/gu

function wordsIn(run: string, before: string): string[] {
  if (/^\p{Script=Hangul}/u.test(run)) {
    // `API를`: the particle of a word in other letters.
    const isParticle = PARTICLES.has(run) && /[\p{L}\p{N}_)\]]/u.test(before)
    return isParticle ? [] : hangul(run)
  }
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(run)) return pairs(run)
  return STOP_WORDS.has(run) ? [] : [singular(run)]
}

const PARTICLES: ReadonlySet<string> = new Set(
  '이 가 을 를 은 는 에 의 도 로 와 과 만 야 요 께 에서 에게 으로 까지 부터 보다 처럼 마다 조차 밖에 이나 하고 이랑 랑 한테 에는 에도 에서는 에서도 으로는 로는 에게서 한테서 으로부터 로부터 이라도 라도 께서 입니다 이다 이에요 예요'.split(
    ' ',
  ),
)
const LONGEST_PARTICLE = 4

/** Of one syllable that is left, nobody knows whether it is a word: `사과` ends like `사` and a particle. */
function hangul(run: string): string[] {
  const stem = run.slice(0, run.length - particleIn(run).length)
  if (stem.length > 1) return pairs(stem)
  return run.length === 1 ? [run] : [stem, run.slice(0, 2)]
}

function particleIn(run: string): string {
  for (let length = Math.min(LONGEST_PARTICLE, run.length - 1); length > 0; length -= 1) {
    const end = run.slice(-length)
    if (PARTICLES.has(end)) return end
  }
  return ''
}

function pairs(run: string): string[] {
  const characters = [...run]
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

/** Harman's S stemmer (1991), and no `e` at the end: `addresses` is `address`, `prices` is `price`. */
function singular(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word
  const one = word
    .replace(/(?<![ea])ies$/, 'y')
    .replace(/(?<![aeo])es$/, 'e')
    .replace(/(?<![us])s$/, '')
  return one.length > 3 ? one.replace(/e$/, '') : one
}

/** Says nothing of what is wanted. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be by do does for from how i in is it me my of on or that the this to was we what when where which who with you your'.split(
    ' ',
  ),
)
