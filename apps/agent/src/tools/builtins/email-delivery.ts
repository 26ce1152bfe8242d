import {
  ConflictError,
  DeadlineExceededError,
  DureError,
  ForbiddenError,
  UnavailableError,
} from '@dure/kernel'
import type { ToolWork } from '../definition.ts'
import type { BuiltinParts } from './builtin.ts'

export interface Delivery {
  readonly server: {
    readonly host: string
    readonly port: number
    readonly encryption: 'tls' | 'starttls' | 'none'
  }
  readonly auth: { readonly user: string; readonly pass: string } | undefined
  readonly mail: {
    readonly from: string
    readonly to: readonly string[]
    readonly cc: readonly string[]
    readonly subject: string
    readonly text: string
  }
}

/** Of submission, and between servers. */
const PORTS = [25, 465, 587, 2525]
const MAX_RESPONSE_BYTES = 65_536

/**
 * Gives a mail to a server, once. Until the server has our name and password, nothing was sent, and it may be tried
 * again; after that, only what the server itself says is known.
 *
 * @returns whom the server does not bring it to
 * @throws DureError `email.…`, and what the guard throws
 */
export async function deliver(
  { egress, mailAuthorities }: Pick<BuiltinParts, 'egress' | 'mailAuthorities'>,
  work: ToolWork,
  { server, auth, mail }: Delivery,
): Promise<readonly string[]> {
  const { host, port, encryption } = server
  const { timeoutMs, signal } = work
  const [{ default: SMTPConnection }, message] = await Promise.all([
    import('nodemailer/lib/smtp-connection'),
    built(mail, work.idempotencyKey),
  ])
  const socket = await egress.connect({ host, port, ports: PORTS, timeoutMs, signal })
  const connection = new SMTPConnection({
    ...{ connection: socket, host, port, name: 'dure', secure: encryption === 'tls' },
    ...{ requireTLS: encryption === 'starttls', ignoreTLS: encryption === 'none' },
    tls: { minVersion: 'TLSv1.2', ...(mailAuthorities && { ca: mailAuthorities }) },
    ...{ greetingTimeout: timeoutMs, socketTimeout: timeoutMs, connectionTimeout: timeoutMs },
    ...{ maxResponseSize: MAX_RESPONSE_BYTES, socketCloseTimeout: 0 },
  })
  const end = endOf(work)
  connection.on('error', end.fail)
  connection.once('end', () => end.fail(new Error('The server has ended the connection')))
  const step = <Result>(run: (done: Done<Result>) => void) =>
    Promise.race([
      end.failed,
      new Promise<Result | undefined>((resolve, reject) =>
        run((error, result) => (error ? reject(error) : resolve(result))),
      ),
    ])
  try {
    await step<void>((done) => connection.connect((error) => done(error)))
    if (auth) await step<void>((done) => connection.login(auth, (error) => done(error)))
    work.onSent()
    const envelope = { from: mail.from, to: [...mail.to, ...mail.cc] }
    const info = await step<{ rejected: string[] }>((done) =>
      connection.send(envelope, message, (error, sent) =>
        done(error, sent && { rejected: [...(sent.rejected ?? [])] }),
      ),
    )
    work.onAnswered()
    return info?.rejected ?? []
  } catch (error) {
    signal.throwIfAborted()
    if (saidNo(error)) work.onAnswered()
    throw failureOf(error)
  } finally {
    end.close()
    connection.close()
    socket.destroy()
  }
}

type Done<Result> = (error: Error | null | undefined, result?: Result) => void

/** Whatever the library waits for, it waits no longer than the call may take. */
function endOf({ timeoutMs, signal }: ToolWork) {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>()
  failed.catch(() => {})
  const timer = setTimeout(() => fail(tooSlow(timeoutMs)), timeoutMs)
  const abort = () => fail(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  return {
    failed,
    fail,
    close() {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    },
  }
}

async function built(mail: Delivery['mail'], key: string): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const domain = mail.from.slice(mail.from.indexOf('@') + 1)
  const composer = new MailComposer({
    ...{ from: mail.from, to: [...mail.to], cc: [...mail.cc] },
    ...{ subject: mail.subject, text: mail.text },
    // The same for the same call: whoever gets it twice all the same can tell.
    messageId: `<${key}@${domain}>`,
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  return composer.compile().build()
}

interface SmtpFailure {
  readonly code?: string
  readonly responseCode?: number
}

function partsOf(error: unknown): SmtpFailure {
  return typeof error === 'object' && error !== null ? error : {}
}

/** The server has answered that it does not take it. */
function saidNo(error: unknown): boolean {
  return (partsOf(error).responseCode ?? 0) >= 400
}

/** What a server says may repeat what it was told: it is not shown. */
function failureOf(error: unknown): DureError {
  if (error instanceof DureError) return error
  const { code = 'unknown', responseCode } = partsOf(error)
  if (code === 'EAUTH') {
    return new ForbiddenError('email.login-refused', 'The mail server refuses name and password')
  }
  if (code === 'ETLS' || code === 'EREQUIRETLS' || (responseCode === undefined && isOfTls(error))) {
    const detail = 'No trusted TLS with the mail server: nothing was sent'
    return new ConflictError('email.no-tls', detail)
  }
  if (responseCode !== undefined && responseCode >= 500) {
    const detail = `The mail server does not take it (${responseCode})`
    return new ConflictError('email.refused', detail)
  }
  const said = responseCode === undefined ? code : String(responseCode)
  const detail = `The mail server does not take it now (${said})`
  return new UnavailableError('email.unavailable', detail, {}, { cause: error })
}

/** What is wrong with a certificate comes as an error of the socket, which has another code by then. */
function isOfTls(error: unknown): boolean {
  return error instanceof Error && /certificate|\bTLS\b|\bSSL\b/i.test(error.message)
}

function tooSlow(timeoutMs: number): DureError {
  return new DeadlineExceededError(
    'email.timeout',
    `The mail server took longer than ${timeoutMs} ms`,
  )
}
