const PERSON_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
const BUSINESS_WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5]
/** By the digit after the birthday, which says the sex, too. */
const CENTURIES = [1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800]
/** Numbers given since have no check digit: who was born since can have no other. */
const WITHOUT_CHECK_SINCE = Date.UTC(2020, 9, 1)

/** Of Korea: thirteen digits that begin with a birthday. */
export function numberOfPerson(digits: string): 'resident-number' | 'foreigner-number' | undefined {
  if (!/^\d{13}$/.test(digits)) return undefined
  const sex = Number(digits[6])
  const isForeigner = sex >= 5 && sex <= 8
  const born = birthdayOf(digits, CENTURIES[sex] ?? 0)
  if (born === undefined) return undefined
  const rest = weighed(digits, PERSON_WEIGHTS) % 11
  const check = ((isForeigner ? 13 : 11) - rest) % 10
  const fits = check === Number(digits[12]) || born >= WITHOUT_CHECK_SINCE
  if (!fits) return undefined
  return isForeigner ? 'foreigner-number' : 'resident-number'
}

function birthdayOf(digits: string, century: number): number | undefined {
  const [year = 0, month = 0, day = 0] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)))
  const date = new Date(Date.UTC(century + year, month - 1, day))
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isDay ? date.getTime() : undefined
}

/** Of Korea, with or without the country: mobile, by area, and of the Internet. */
export function isPhone(digits: string): boolean {
  const national = digits.replace(/^(?:00)?820?/, '0')
  return (
    /^01[016789]\d{7,8}$/.test(national) ||
    /^(?:02|03[1-3]|04[1-4]|05[1-5]|06[1-4]|070)\d{7,8}$/.test(national) ||
    /^050\d{8,9}$/.test(national)
  )
}

/** By its first digits and Luhn's. */
export function isCard(digits: string): boolean {
  if (!/^(?:3[0-9]|4|5|6|2[2-7]|9)\d{12,18}$/.test(digits)) return false
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const value = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 0 ? value : value * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Of Korea: ten digits, the last of which checks the others. */
export function isBusinessNumber(digits: string): boolean {
  if (!/^[1-9]\d{9}$/.test(digits)) return false
  const sum = weighed(digits, BUSINESS_WEIGHTS) + Math.floor((Number(digits[8]) * 5) / 10)
  return (10 - (sum % 10)) % 10 === Number(digits[9])
}

function weighed(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0)
}
