import { testRowSecurity } from '@dure/platform/testing'

testRowSecurity('workflow', {
  values: {
    workflow_alias_change: { kind: 'created' },
    workflow_publication: { kind: 'publish' },
  },
})
