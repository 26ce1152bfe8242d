import { parsed, shown } from '../fuzz/fault.ts'
import { HOSTILE_TEXTS } from '../fuzz/hostile.ts'
import type { Attack } from './attack.ts'

const NONSENSE = 'nothing-is-called-so'
const HOSTILE = HOSTILE_TEXTS.filter((text) => text.length < 500 && text.isWellFormed())

/** Text stays text: it comes back as it was, and finds no more than any other text that fits nothing. */
export const injection: Attack = async (stage) => [
  ...(await inFilters(stage)),
  ...(await inNames(stage)),
]

const inFilters: Attack = async ({ world, alice, send }) => {
  const findings: string[] = []
  for (const { operationId, method, path, parameters } of world.operations) {
    if (method !== 'GET' || path.includes('{')) continue
    const filters = parameters.filter(
      ({ in: place, schema }) => place === 'query' && schema?.type === 'string',
    )
    for (const { name, schema } of filters) {
      const allowed = (schema?.enum ?? []) as readonly unknown[]
      const ask = async (value: string) => {
        const url = `${path}?${name}=${encodeURIComponent(value)}`
        const answer = await send('GET', url, { key: alice.key })
        const { data = [] } = Object(parsed(answer.body)) as { readonly data?: readonly unknown[] }
        return { answer, found: data.length }
      }
      const usual = (await ask(NONSENSE)).found
      for (const text of HOSTILE.filter((one) => !allowed.includes(one))) {
        const { answer, found } = await ask(text)
        const isOpen = text.trim() === ''
        if (answer.status >= 500) findings.push(`${operationId} ${name}=${text}: ${shown(answer)}`)
        if (found > usual && !isOpen) findings.push(`${operationId} ${name}=${text} finds ${found}`)
      }
    }
  }
  return findings
}

const inNames: Attack = async ({ alice, send }) => {
  const findings: string[] = []
  for (const text of HOSTILE) {
    const made = await send('POST', '/v1/knowledge-bases', { key: alice.key, body: { name: text } })
    if (made.status >= 500) findings.push(`A name ${JSON.stringify(text)}: ${shown(made)}`)
    if (made.status !== 201) continue
    const { id, name } = parsed(made.body) as { readonly id: string; readonly name: string }
    const read = await send('GET', `/v1/knowledge-bases/${id}`, { key: alice.key })
    const again = (parsed(read.body) as { readonly name: string }).name
    if (again !== name || !text.includes(name.trim())) {
      findings.push(`${JSON.stringify(text)} has become ${JSON.stringify(again)}`)
    }
    await send('DELETE', `/v1/knowledge-bases/${id}`, { key: alice.key })
  }
  return findings
}
