import { describe } from 'vitest'
import { conformance, embeddedStore } from './testing/conformance.ts'

describe('the embedded store', () => {
  conformance(async (parts) => embeddedStore(parts))
})
