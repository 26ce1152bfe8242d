import type { Asked, PureConfig, Score } from './evaluator.ts'
import { scoreSchema } from './schema.ts'
import { scoreContains, scoreExact, scoreRegex } from './text.ts'
import { scoreToolCalls } from './tool-calls.ts'

/** What is known without asking a model. Undefined: the case says nothing about it. */
export function scoreOf(config: PureConfig, asked: Asked): Score | undefined {
  switch (config.kind) {
    case 'exact':
      return scoreExact(config, asked)
    case 'contains':
      return scoreContains(config, asked)
    case 'regex':
      return scoreRegex(config, asked)
    case 'json-schema':
      return scoreSchema(config, asked)
    case 'tool-calls':
      return scoreToolCalls(config, asked)
  }
}
