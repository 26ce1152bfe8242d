import { describe } from 'vitest'
import { conformance } from './testing/conformance.ts'
import { embeddedStore } from './testing/embedded-store.ts'

describe('the embedded store', () => {
  conformance(async (parts) => embeddedStore(parts))
})
