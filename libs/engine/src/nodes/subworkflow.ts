import { WorkflowId } from '@dure/contracts'
import { Type } from 'typebox'
import { renderDeep } from '../expressions/template.ts'
import { DeepTemplate, defineWaitNode, OUT } from './define.ts'

export const subworkflow = defineWaitNode({
  type: 'subworkflow',
  title: 'Subworkflow',
  description: 'Runs another workflow; its data is the output of that run',
  ports: [OUT],
  config: Type.Object(
    {
      workflowId: WorkflowId,
      version: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 1_000_000,
          description: 'Absent, and without an alias: the one that is published at that time',
        }),
      ),
      alias: Type.Optional(
        Type.String({ pattern: '^[a-z][a-z0-9_-]{0,62}$', description: 'Instead of a version' }),
      ),
      input: Type.Optional(DeepTemplate('the input of that run; absent: {}')),
      wait: Type.Boolean({ default: true, description: 'false: start it, and go on' }),
      propagateCancel: Type.Boolean({
        default: true,
        description: 'When this run is cancelled, cancel that one, too',
      }),
    },
    { additionalProperties: false, not: { required: ['version', 'alias'] } },
  ),
  request: (
    { workflowId, version = null, alias = null, input = {}, wait, propagateCancel },
    scope,
  ) => ({
    kind: 'child',
    workflowId,
    version,
    alias,
    input: renderDeep(input, scope),
    wait,
    propagateCancel,
  }),
})
