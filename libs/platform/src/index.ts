export { Breaker, type BreakerLimits, type BreakerState } from './breaker.ts'
export { BackendConfig, loadConfig, ServiceConfig } from './config.ts'
export type { Delta } from './deltas/delta.ts'
export {
  createDeltaPublisher,
  type DeltaPublisher,
  type DeltaWriter,
} from './deltas/publisher.ts'
export { createDeltaSubscriber, type DeltaSubscriber } from './deltas/subscriber.ts'
export { boundedFetch } from './egress/bounded-fetch.ts'
export { createEgress, type Egress } from './egress/egress.ts'
export {
  createEventStore,
  type EventStore,
} from './events/event-store.ts'
export { createPoller, type Poller, type PollerOptions } from './events/poller.ts'
export { createRelay, type Relay } from './events/relay.ts'
export { type GroupedOptions, grouped } from './grouped.ts'
export { patienceOf, signalOf } from './http/deadline.ts'
export {
  type OwnHeaders,
  type PlainReply,
  type PlainRequest,
  throwHandedOver,
  whenClosed,
} from './http/direct.ts'
export type { DirectLane, DirectWay } from './http/direct-lane.ts'
export {
  allowsTag,
  answerLostUpdates,
  contentTag,
  type ExpectedRevisions,
  etagOf,
  expectedRevisions,
  IfMatch,
} from './http/etag.ts'
export { createEventStreams, EventStream, type EventStreams } from './http/event-stream.ts'
export type { HealthCheck } from './http/health.ts'
export { addToFingerprint } from './http/idempotency.ts'
export { IdempotencyHeaders } from './http/idempotency-key.ts'
export { onceIdOf } from './http/idempotency-repeats.ts'
export { acceptJsonLines } from './http/json-body.ts'
export { registryOf } from './http/metrics.ts'
export { answerOpenAiErrors, OpenAiError, openAiErrorHandler } from './http/openai-errors.ts'
export { descriptionOf } from './http/openapi.ts'
export {
  afterKey,
  decodeCursor,
  encodeCursor,
  invalidCursor,
  NEWEST_FIRST,
  type PageKey,
  pageKeyOf,
  pageOf,
} from './http/paging.ts'
export { pathOf } from './http/path-of.ts'
export { identityOf } from './http/policy.ts'
export { problemOf } from './http/problem.ts'
export { answerDirectly, createService, type Service } from './http/service.ts'
export {
  createIdentitySigner,
  createIdentityVerifier,
  type IdentitySigner,
} from './identity.ts'
export { serve } from './lifecycle.ts'
export { bufferedOutput, createLogger, type Logger } from './logger.ts'
export { copyBytes } from './postgres/copy-out.ts'
export { createPool, everyTenant } from './postgres/pool.ts'
export { requireRowSecurity } from './postgres/row-security.ts'
export { asTenant } from './postgres/tenant.ts'
export {
  type Queryable,
  withEveryTenant,
  withTenant,
  withTransaction,
} from './postgres/transaction.ts'
export { afterCommit, onceCommitted } from './postgres/unit-of-work.ts'
export { withoutSecrets } from './redact.ts'
export { inTime, type RedisScript, redisScript, runScript } from './redis-script.ts'
export { createEnvelope, type Envelope, type Sealed } from './secrets/envelope.ts'
export { SecretsConfig } from './secrets/keys.ts'
export { createRewrapper } from './secrets/rewrapper.ts'
export { activeTrace, currentTrace, runInTrace, type TraceHeaders, withSpan } from './trace.ts'
