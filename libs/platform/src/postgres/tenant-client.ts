import pg from 'pg'
import { currentTenant, type TenantSettings } from './tenant.ts'

/*
 * The settings that row level security reads travel with the statement that needs them, in the same message:
 * no trip more, and none of them outlives its transaction.
 *
 * - Alone, a statement is an implicit transaction. Before its own Bind and Execute go those of SETTINGS, and one
 *   Sync ends both. What has no parameters is sent as text, with SET LOCAL before it.
 * - A transaction gets them behind its BEGIN. What is asked in it for another tenant, as by a transaction within a
 *   unit of work, brings its own.
 */
const SETTINGS = {
  name: 'dure-tenant',
  text: `SELECT set_config('dure.organization', $1, true), set_config('dure.project', $2, true)`,
}

const BEGINS = /^\s*(?:BEGIN|START\s+TRANSACTION)\b[^;]*/i
const ROLLS_BACK = /^\s*(?:ROLLBACK|ABORT)\b/i
const CONTROLS = /^\s*(?:COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE)\b/i

/** A connection on which each statement is that of the tenant in whose name it was asked. See `asTenant`. */
export class TenantClient extends pg.Client {
  readonly #transaction = new KnownTransaction(() => this.getTransactionStatus())

  /** To be called once, on a new connection, before anybody uses it. */
  async prepare(): Promise<void> {
    await super.query({ ...SETTINGS, values: ['', ''] })
  }

  // All signatures of `pg` come down to these: a promise, or a callback in the last place.
  override query(...asked: never[]): never {
    return this.#ask(asked) as never
  }

  #ask(asked: readonly unknown[]): unknown {
    const [first] = asked
    if (isSubmittable(first)) return super.query(first)
    const query = new TenantQuery(asked, this.#transaction)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const isPromised = query.callback === undefined
    query.callback ??= (error, result) => (error ? reject(error) : resolve(result))
    super.query(query as unknown as pg.Submittable)
    if (!isPromised) return undefined
    // As `pg` does: a trace that leads to whoever asked, not to the socket.
    return promise.catch((error: Error) => {
      Error.captureStackTrace(error)
      throw error
    })
  }
}

function isSubmittable(config: unknown): config is pg.Submittable {
  return typeof config === 'object' && config !== null && 'submit' in config
}

/** The transaction that is open on a connection, if one is, and the tenant that it has been told. */
class KnownTransaction {
  readonly #status: () => string | null
  #tenant: TenantSettings | undefined

  constructor(status: () => string | null) {
    this.#status = status
  }

  get isOpen(): boolean {
    return this.#status() === 'T'
  }

  get hasFailed(): boolean {
    return this.#status() === 'E'
  }

  /** @param tenant undefined: what was told may have been taken back */
  tell(tenant: TenantSettings | undefined): void {
    this.#tenant = tenant
  }

  knows({ organization, project }: TenantSettings): boolean {
    return this.#tenant?.organization === organization && this.#tenant.project === project
  }
}

interface Connection {
  bind(config: object): void
  execute(config: object): void
}

/** What a `pg.Query` has beside what its types say. */
interface QueryParts {
  text: string
  callback: ((error: Error | null, result?: unknown) => void) | undefined
  submit(connection: Connection): Error | null
  requiresPreparation(): boolean
  prepare(connection: Connection): void
  handleDataRow(message: object): void
  handleCommandComplete(message: object, connection: Connection): void
}
const Query = pg.Query as unknown as new (...query: unknown[]) => QueryParts

class TenantQuery extends Query {
  readonly #transaction: KnownTransaction
  readonly #tenant = currentTenant()
  #bindsSettings = false
  /** Commands of the message that are not of the query itself: nobody asked for their results. */
  #settings = { first: 0, end: 0 }
  #commands = 0

  constructor(query: readonly unknown[], transaction: KnownTransaction) {
    super(...query)
    this.#transaction = transaction
  }

  override submit(connection: Connection): Error | null {
    if (typeof this.text === 'string') this.#addSettings(this.text)
    return super.submit(connection)
  }

  #addSettings(text: string): void {
    if (this.#transaction.isOpen) this.#addWithin(text)
    else if (!this.#transaction.hasFailed) this.#addOutside(text)
  }

  #addOutside(text: string): void {
    const [begin] = BEGINS.exec(text) ?? []
    // What was told to the transaction before is over with it.
    this.#transaction.tell(begin === undefined ? undefined : this.#tenant)
    if (this.#tenant.organization === '') return
    if (begin === undefined) this.#putBefore(text)
    else this.#putText(begin, text.slice(begin.length), 1)
  }

  #addWithin(text: string): void {
    if (ROLLS_BACK.test(text)) this.#transaction.tell(undefined)
    if (CONTROLS.test(text) || this.#transaction.knows(this.#tenant)) return
    this.#transaction.tell(this.#tenant)
    this.#putBefore(text)
  }

  #putBefore(text: string): void {
    if (this.requiresPreparation()) {
      this.#bindsSettings = true
      this.#settings = { first: 0, end: 1 }
    } else this.#putText('', `; ${text}`, 0)
  }

  #putText(before: string, after: string, first: number): void {
    const { organization, project } = this.#tenant
    const set = `SET LOCAL dure.organization = ${pg.escapeLiteral(organization)}; SET LOCAL dure.project = ${pg.escapeLiteral(project)}`
    this.text = `${before && `${before}; `}${set}${after}`
    this.#settings = { first, end: first + 2 }
  }

  override prepare(connection: Connection): void {
    if (this.#bindsSettings) {
      const { organization, project } = this.#tenant
      connection.bind({ statement: SETTINGS.name, values: [organization, project] })
      connection.execute({})
    }
    super.prepare(connection)
  }

  get #isOfSettings(): boolean {
    return this.#commands >= this.#settings.first && this.#commands < this.#settings.end
  }

  override handleDataRow(message: object): void {
    if (!this.#isOfSettings) super.handleDataRow(message)
  }

  override handleCommandComplete(message: object, connection: Connection): void {
    if (!this.#isOfSettings) super.handleCommandComplete(message, connection)
    this.#commands += 1
  }
}
