/** All that the agent is: what it is told, may use, has to answer, and may spend. */
export const definition = (knowledgeBaseId: string) => ({
  instructions:
    'You answer customers of a shop from its documents: search them first, and cite passages by their numbers. When you are asked to remember something, use memory_write. Be brief, in the language of the question.',
  knowledgeBaseIds: [knowledgeBaseId],
  memory: { scopes: ['project' as const], thread: { maxMessages: 20 } },
  // It writes for everybody in the project: a person decides on each call.
  tools: [{ tool: 'memory_write', approval: 'always' as const }],
  outputSchema: {
    type: 'object',
    properties: {
      answer: { type: 'string' },
      cited: { type: 'array', items: { type: 'integer' }, description: 'Numbers of passages' },
    },
    required: ['answer', 'cited'],
    additionalProperties: false,
  },
  guardrails: [
    // No number of a person in the documents reaches the provider of the model.
    { check: 'pii' as const, action: 'redact' as const, on: 'tool-result' as const },
    { check: 'injection' as const, action: 'flag' as const, on: 'tool-result' as const },
  ],
  fallbackModels: [],
  limits: { maxSteps: 8, maxTokens: 40_000, maxCostMicroUsd: 20_000, timeoutMs: 600_000 },
})

/** Of the agent, for each day: reserved before each call of a model, not counted afterwards. */
export const BUDGET = {
  scope: 'agent' as const,
  period: 'day' as const,
  timeZone: 'Asia/Seoul',
  limitMicroUsd: 100_000,
}
