import { expect, test } from 'vitest'
import { graphOf, SCENARIOS, STEPS } from './shapes.ts'

test.each(SCENARIOS)('%s has as many steps as its figures are divided by', (scenario) => {
  const { nodes } = graphOf(scenario, 'remote')

  expect(nodes.filter(({ type }) => type === 'echo')).toHaveLength(STEPS[scenario])
})

test('the nodes of seq10 follow each other, those of fan20 stand side by side', () => {
  const inARow = graphOf('seq10', 'pure').edges
  const sideBySide = graphOf('fan20', 'pure').edges

  expect(inARow[0]).toEqual({ from: 'start', to: 's0' })
  expect(inARow.at(-1)).toEqual({ from: 's9', to: 'end' })
  expect(inARow).toHaveLength(11)
  expect(sideBySide.filter(({ from }) => from === 'fan')).toHaveLength(20)
  expect(sideBySide.filter(({ to }) => to === 'gather')).toHaveLength(20)
})
