import { expect, test } from 'vitest'
import { probePage } from './page.ts'

const machine = { cpu: 'a', cores: 2, memoryGb: 8, system: 'b', node: 'c', commit: 'd' }
const row = { probe: 'frozen', name: 'p99', value: 41, unit: 'ms', goal: { most: 40 }, met: false }

test('the page says which goal was missed', () => {
  const page = probePage({ at: '2026-01-02T03:04:05Z', command: 'bench', machine, rows: [row] })
  expect(page).toContain('| frozen | p99 | 41.0 ms | ≤ 40 | **no** |')
})
