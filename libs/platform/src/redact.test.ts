import { expect, test } from 'vitest'
import { withoutSecrets } from './redact.ts'

test.each([
  ['/v1/dure_live_abc_SECRET123?x', '/v1/dure_live_[redacted]?x'],
  ['"url":"/hooks/dure_live_hook_Ab9-_z","ms":1', '"url":"/hooks/dure_live_[redacted]","ms":1'],
  ['"url":"/v2/callbacks/cnVu.aB-_9","ms":1', '"url":"/v2/callbacks/[redacted]","ms":1'],
  [
    'POST http://a/v2/callbacks/x.y?z /v2/callbacks/w',
    'POST http://a/v2/callbacks/[redacted]?z /v2/callbacks/[redacted]',
  ],
  ['{"path":"/v2/callbacks/"}', '{"path":"/v2/callbacks/"}'],
  ['nothing of dure here', 'nothing of dure here'],
])('%s becomes %s', (text, expected) => {
  expect(withoutSecrets(text)).toBe(expected)
})
