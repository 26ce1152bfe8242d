export type { ModelMessage, ModelRequest } from './completion.ts'
export { estimateTokens } from './completion.ts'
export { DEMO_MODEL, type DemoModelOptions, demoAnswer, startDemoModel } from './demo-model.ts'
export type { EmbeddingRequest } from './embedding.ts'
export {
  failing,
  garbage,
  type HaltingReply,
  type HeldReply,
  halting,
  held,
  invalidJson,
  type Reply,
  rateLimited,
  signedCalls,
  signedWords,
  stalled,
  type ToolCall,
  type Truncation,
  text,
  toolCalls,
  truncated,
} from './reply.ts'
export {
  type ModelCall,
  type Script,
  type ScriptedModel,
  type ScriptedModelOptions,
  startScriptedModel,
} from './scripted-model.ts'
export type { ModelServer } from './server.ts'
