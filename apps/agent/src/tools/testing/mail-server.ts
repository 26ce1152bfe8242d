import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** For 127.0.0.1, until 2126; of tests alone. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgigINFXpEMPDFc60i
arwxhzVzWB+0h930jF5PwSeuAQihRANCAATOAWir+zn+pOXKcwvjDmsz4b0/rZSc
guusnRx+k7XFV39CX2AMQw4uz/nhkq5CN8Uwp62CzZlqnMsajBF6CVAI
-----END PRIVATE KEY-----`
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUQ8NI/yvFuV64quXwrNkDMkmwNU8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyODA2MDY0N1oYDzIxMjYxMTA0
MDYwNjQ3WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATOAWir+zn+pOXKcwvjDmsz4b0/rZScguusnRx+k7XFV39CX2AMQw4u
z/nhkq5CN8Uwp62CzZlqnMsajBF6CVAIo28wbTAdBgNVHQ4EFgQUo4phXSM8Y4Kr
9n0VDuh1rFcYuT8wHwYDVR0jBBgwFoAUo4phXSM8Y4Kr9n0VDuh1rFcYuT8wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDSQAwRgIhAI0q3KBgG4qA8o98SnnGeYArR0o130ORY2dSKwqICcCYAiEA
5+mKWTGEQqdaPXddbz+mdZwpeaz3l3kYqrX0YPrDJAI=
-----END CERTIFICATE-----`

export interface ReceivedMail {
  readonly user: string | undefined
  readonly from: string
  readonly to: readonly string[]
  readonly isSecure: boolean
  readonly content: string
}

export interface MailServer {
  readonly port: number
  readonly received: ReceivedMail[]
  /** How it treats each mail that it has read, from now on. */
  answer: 'accepts' | 'refuses' | 'is-busy' | 'never'
  close(): Promise<void>
}

/** A real SMTP server: it takes mails of `ada` with this password, and of everybody where it asks for none. */
export async function startMailServer(
  password: string,
  options: {
    readonly secure?: boolean
    readonly hasTls?: boolean
    readonly asks?: boolean
    readonly isKnown?: boolean
  } = {},
): Promise<MailServer> {
  const { secure = false, hasTls = true, asks = true, isKnown = true } = options
  const server = new SMTPServer({
    ...{ secure, logger: false, authOptional: !asks, closeTimeout: 100 },
    ...(isKnown && { key: KEY, cert: CERTIFICATE }),
    disabledCommands: hasTls ? [] : ['STARTTLS'],
    onAuth({ username, password: given }, _session, done) {
      const isRight = username === 'ada' && given === password
      done(isRight ? null : new Error(`not ${given}`), isRight ? { user: username } : undefined)
    },
    onRcptTo({ address }, _session, done) {
      const isKnown = !address.startsWith('nobody@')
      done(isKnown ? null : Object.assign(new Error('no'), { responseCode: 550 }))
    },
    onData(stream, session, done) {
      text(stream).then((content) => {
        const { user, secure: isSecure, envelope } = session
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        const to = envelope.rcptTo.map(({ address }) => address)
        mail.received.push({ user: user as string | undefined, from, to, isSecure, content })
        if (mail.answer === 'never') return
        const code = { accepts: 250, refuses: 550, 'is-busy': 451 }[mail.answer]
        done(code === 250 ? null : Object.assign(new Error('no'), { responseCode: code }))
      }, done)
    },
  })
  // Of clients that end the handshake.
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const mail: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    received: [],
    answer: 'accepts',
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return mail
}
