type Texts = readonly (readonly string[])[]

/** What says nothing by itself: a mark or a number before a text, a name of a form, a mark behind. */
const BULLET =
  /^(?:[-–•·∙▪■□○●◦◆◇※*▶►]|[([]?(?:\d{1,3}|[가-하]|[a-zA-Z]|[ivx]{1,5})[.)\]]|(?:\d{1,3}\.){2,4}\d{0,3}|\[[^\]]{1,20}\]|[①-⑳㉠-㉻])$/
const NAME = /[:：]$/
const BRACKETED = /^[([].*[)\]]$/
const CODE = /[;{}]$/
const CHAPTER = /^(?:제\s?\d|\d+(?:\.\d+)*[.\s]|[IVX]+[.\s]|부록|appendix|chapter)/i

/**
 * What is printed in columns and is no table: lists, forms, contents, numbered formulas and lines of
 * programs. More than two columns are doubted only where they hold a program.
 *
 * @param texts of the cells, by rows
 */
export function isOther(texts: Texts): boolean {
  if (
    isMost(
      texts.map((row) => row.findLast((text) => text !== '') ?? ''),
      CODE,
      1 / 3,
    )
  )
    return true
  if (texts.some((row) => row.length > 2)) return false
  const [first, second] = [columnOf(texts, 0), columnOf(texts, 1)]
  return (
    isMost(first, BULLET) ||
    isMost(first, NAME) ||
    isMost(second, BRACKETED) ||
    new Set(first).size === 1 ||
    new Set(second).size === 1 ||
    isCount(first) ||
    (isMost(first, CHAPTER) && isRising(second))
  )
}

function columnOf(texts: Texts, at: number): string[] {
  return texts.flatMap((row) => row[at] || [])
}

function isMost(texts: readonly string[], pattern: RegExp, share = 1 / 2): boolean {
  return texts.filter((text) => pattern.test(text)).length >= texts.length * share
}

/** Numbers of lines. */
function isCount(texts: readonly string[]): boolean {
  return texts.every((text, at) => at === 0 || Number(text) - Number(texts[at - 1]) === 1)
}

/** Numbers of pages. */
function isRising(texts: readonly string[]): boolean {
  return texts.every((text, at) => Number(text) >= Number(texts[at - 1] ?? 0))
}
