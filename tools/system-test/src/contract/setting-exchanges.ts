import type { Recorder } from './recorder.ts'

/** What a project is set up with: keys, secrets, variables, words, and what it has used. */
export async function settingExchanges({ exchange }: Recorder): Promise<void> {
  const key = await exchange('POST', '/v1/api-keys', { name: 'shop', scopes: ['runs:read'] })
  await exchange('GET', `/v1/api-keys/${key.id}`)
  await exchange('GET', '/v1/api-keys?limit=1')
  await exchange('POST', `/v1/api-keys/${key.id}/rotate`, { overlap: 'PT1H' })
  await exchange('POST', `/v1/api-keys/${key.id}/revoke`)
  await exchange('DELETE', `/v1/api-keys/${key.id}`)
  await exchange('POST', '/v1/api-keys', { name: 'shop', scopes: ['everything'] })

  const secret = { name: 'shop', hosts: ['api.shop.test'], value: 'hunter2-hunter2' }
  const { id: secretId } = await exchange('POST', '/v1/secrets', secret)
  await exchange('GET', `/v1/secrets/${secretId}`)
  await exchange('PUT', `/v1/secrets/${secretId}`, { value: 'hunter3-hunter3' })
  await exchange('GET', '/v1/secrets')
  await exchange('POST', '/v1/secrets', secret)
  await exchange('DELETE', `/v1/secrets/${secretId}`)

  const { id: variableId } = await exchange('POST', '/v1/variables', {
    name: 'region',
    value: { code: 'seoul' },
  })
  await exchange('GET', `/v1/variables/${variableId}`)
  await exchange('PUT', `/v1/variables/${variableId}`, { value: 'busan' })
  await exchange('GET', '/v1/variables')
  await exchange('DELETE', `/v1/variables/${variableId}`)
  await exchange('GET', `/v1/variables/${variableId}`)

  const word = await exchange('POST', '/v1/dictionary-entries', { surface: '두레', tag: 'NNP' })
  await exchange('GET', '/v1/dictionary-entries')
  await exchange('DELETE', `/v1/dictionary-entries/${word.id}`)

  // Of days on which nobody did anything yet: what is counted today is counted later.
  await exchange('GET', '/v1/usage?from=2026-01-01&to=2026-01-02')
  await exchange('GET', '/v1/costs?from=2026-01-01&to=2026-01-02&groupBy=model')
  await exchange('GET', '/v1/usage?from=2026-01-02&to=2026-01-01')
}
