export { type BackoffPolicy, backoffMs } from './backoff.ts'
export { DeadlineExceededError, withDeadline } from './deadline.ts'
export {
  ConflictError,
  DureError,
  type ErrorCode,
  type ErrorDetails,
  type ErrorKind,
  type FieldProblem,
  ForbiddenError,
  InvalidInputError,
  LimitExceededError,
  NotFoundError,
  TooLargeError,
  UnauthenticatedError,
  UnavailableError,
  UnsupportedMediaTypeError,
} from './errors.ts'
export {
  createEventRegistry,
  type EventRegistry,
  type EventVersions,
  NewerEventError,
  type StoredEvent,
} from './event-registry.ts'
export { type FailureClass, failureClassOf } from './failure-class.ts'
export { EXPRESSION_NAME, MAX_PATTERN } from './guardrails/expression.ts'
export {
  checkText,
  type Finding,
  type GuardrailRule,
  guardrailProblems,
} from './guardrails/guardrail.ts'
export { type OpenText, openText } from './guardrails/links.ts'
export {
  findModerated,
  type Moderated,
  passesUnmoderated,
} from './guardrails/moderation.ts'
export { PII_KINDS } from './guardrails/personal-data.ts'
export { type IdPrefix, prefixedId } from './ids.ts'
export { RegexError } from './regex/parse.ts'
export { compileRegex, type Regex } from './regex/regex.ts'
export { atMostTokens } from './tokens.ts'
