import type { WorkflowId } from '@dure/contracts'
import { expect, test } from 'vitest'
import { endOfIdIn, type StoredTool, toolNameOf, toolOf } from './tool.ts'

const id = 'wf_0198c0de4a7b7c3e9f10223344556677' as WorkflowId
const stored = (name: string, doors: StoredTool['doors'] = []): StoredTool => ({
  ...{ id, name, description: '', createdAt: new Date(), doors },
})

test.each([
  ['Refund an order!', 'refund_an_order_223344556677'],
  ['고객 지원', 'workflow_223344556677'],
  ['Crème brûlée', 'cre_me_bru_le_e_223344556677'],
  ['x'.repeat(200), `${'x'.repeat(51)}_223344556677`],
  ['__proto__', 'proto_223344556677'],
])('%s has a name that every client takes', (name, expected) => {
  const tool = toolNameOf(stored(name))
  expect(tool).toBe(expected)
  expect(tool).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
  expect(endOfIdIn(tool)).toBe('223344556677')
})

test.each([
  '',
  'refund',
  'refund_',
  'refund_22334455667',
  'Refund_223344556677',
  'a\0_223344556677',
])('%j is the name of no tool', (name) => {
  expect(endOfIdIn(name)).toBeUndefined()
})

test('a tool says what its workflow asks for, and what may be in its output', () => {
  const inputSchema = { type: 'object' as const, properties: { a: { type: 'string' } } }
  const tool = toolOf(
    stored('Add', [
      { type: 'start', config: { inputSchema } },
      { type: 'end', config: { outputs: { sum: '{{ 1 }}' } } },
      { type: 'end', config: { outputs: { error: 'x' } } },
    ]),
  )
  expect(tool).toEqual({
    ...{ name: 'add_223344556677', title: 'Add', inputSchema },
    outputSchema: { type: 'object', properties: { sum: {}, error: {} } },
  })
  expect(toolOf(stored('Bare'))).toEqual({
    ...{ name: 'bare_223344556677', title: 'Bare', inputSchema: { type: 'object' } },
  })
})
