export { OUTCOME_LIMITS, type Outcome, type Program } from './program.ts'
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts'
