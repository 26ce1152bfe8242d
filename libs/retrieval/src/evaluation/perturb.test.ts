import { describe, expect, test } from 'vitest'
import { PERTURBATIONS, perturb } from './perturb.ts'

const TEXT = '두레 모임은 이번 주 토요일 아침 아홉 시에 마을 회관에서 열립니다'
const bare = (text: string) => text.replaceAll(' ', '')
const syllables = (text: string) => [...text].filter((character) => /[가-힣]/.test(character))
const differences = (a: string, b: string) => [...a].filter((unit, i) => unit !== [...b][i]).length

/** 초성, 중성 and 종성, as NFD has them. */
const jamo = (syllable: string) => {
  const [initial, vowel, final = ''] = syllable.normalize('NFD')
  return [initial, vowel, final]
}

describe('a question', () => {
  test('stays as it is', () => {
    expect(perturb(TEXT, 'none')).toBe(TEXT)
  })

  test('loses all its spaces and nothing else', () => {
    expect(perturb(` ${TEXT}\n`, 'nospace')).toBe(bare(TEXT))
  })

  test('loses some spaces, gets others, and keeps its characters', () => {
    const long = Array(100).fill(TEXT).join(' ')
    const wrong = perturb(long, 'spacing')
    const spaces = (text: string) => text.split(' ').length - 1

    expect(bare(wrong)).toBe(bare(long))
    const kept = 0.7 * spaces(long)
    const inserted = 0.1 * (bare(long).length - spaces(long))
    expect(spaces(wrong) / (kept + inserted)).toBeCloseTo(1, 1)
  })

  test.each([8, 16, 20, 40])('of %i syllables gets one wrong jamo in one of eight', (length) => {
    const text = syllables(TEXT.repeat(2)).slice(0, length).join('')
    const wrong = perturb(text, 'jamo')

    expect(differences(text, wrong)).toBe(Math.round(length / 8))
    for (const [i, syllable] of syllables(wrong).entries()) {
      const [before, after] = [jamo(text[i] ?? ''), jamo(syllable)]
      expect(before.filter((unit, part) => unit !== after[part]).length).toBeLessThanOrEqual(1)
    }
  })

  test('of one syllable gets one wrong jamo, and of none stays as it is', () => {
    expect(differences('밥', perturb('밥', 'jamo'))).toBe(1)
    expect(perturb('GPT-4o 2,345', 'jamo')).toBe('GPT-4o 2,345')
    expect(perturb('', 'jamo')).toBe('')
  })

  test.each(PERTURBATIONS)('is changed the same way every time: %s', (perturbation) => {
    expect(perturb(TEXT, perturbation)).toBe(perturb(TEXT, perturbation))
  })

  test('that is decomposed is changed like one that is not', () => {
    expect(syllables(perturb(TEXT.normalize('NFD'), 'jamo'))).toHaveLength(syllables(TEXT).length)
  })
})
