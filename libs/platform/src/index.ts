export { BackendConfig, ConfigError, loadConfig, ServiceConfig } from './config.ts'
export { createEgress, type Egress } from './egress/egress.ts'
export {
  type Append,
  CommandConflictError,
  createEventStore,
  type EventStore,
  type EventStoreOptions,
  type RecordedCommand,
  type StoredEvent,
  VersionConflictError,
} from './events/event-store.ts'
export { createPoller, type Poller, type PollerOptions } from './events/poller.ts'
export { createRelay, type Relay, type RelayOptions } from './events/relay.ts'
export { signalOf } from './http/deadline.ts'
export { createEventStreams, type EventStreams, type StreamEvent } from './http/event-stream.ts'
export type { Health, HealthCheck } from './http/health.ts'
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
export { identityOf } from './http/policy.ts'
export { sendProblem, toProblem } from './http/problem.ts'
export { createService, type Service, type ServiceOptions } from './http/service.ts'
export {
  createIdentitySigner,
  createIdentityVerifier,
  type IdentitySigner,
  type IdentityVerifier,
} from './identity.ts'
export { serve } from './lifecycle.ts'
export { createLogger, type Logger } from './logger.ts'
export { createPool, type PoolOptions } from './postgres/pool.ts'
export { type Queryable, withTransaction } from './postgres/transaction.ts'
export type { Consumer, ConsumerOptions } from './queues/consumer.ts'
export { createProcessor, type MessageContext, type MessageHandlers } from './queues/processor.ts'
export { connectQueues, type Queues, type SendOptions } from './queues/queues.ts'
export { currentTrace, runInTrace, type TraceHeaders, withSpan } from './trace.ts'
