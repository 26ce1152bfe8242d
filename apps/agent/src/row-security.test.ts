import { testRowSecurity } from '@dure/platform/testing'

testRowSecurity('agent')
