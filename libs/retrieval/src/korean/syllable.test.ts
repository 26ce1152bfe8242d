import { expect, test } from 'vitest'
import { jamoOf, neighboursOf, syllableOf } from './syllable.ts'

test('syllables are taken apart and put together as Unicode does it', () => {
  for (const syllable of ['가', '힣', '값', '뷁', '아']) {
    const [initial, vowel, final] = jamoOf(syllable)
    const composed = String.fromCharCode(0x1100 + initial, 0x1161 + vowel)
    const tail = final > 0 ? String.fromCharCode(0x11a7 + final) : ''
    expect((composed + tail).normalize('NFC')).toBe(syllable)
    expect(syllableOf([initial, vowel, final])).toBe(syllable)
  }
})

test('65 others differ in one jamo', () => {
  const neighbours = neighboursOf('한')
  const parts = jamoOf('한')

  expect(new Set(neighbours).size).toBe(18 + 20 + 27)
  for (const other of neighbours) {
    expect(jamoOf(other).filter((jamo, part) => jamo !== parts[part])).toHaveLength(1)
  }
})
