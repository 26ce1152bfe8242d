import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type BuiltinsUnderTest, startBuiltins } from '../testing/builtins.ts'
import { CERTIFICATE, type MailServer, startMailServer } from '../testing/mail-server.ts'

const CANARY = 'canary-password-of-ada'
const MAIL = { to: ['bob@example.com'], subject: '환불 안내', text: 'Hello\r\n.\r\nBob' }

let tls: MailServer
let plain: MailServer
let bare: MailServer
let strange: MailServer
let builtins: BuiltinsUnderTest
beforeAll(async () => {
  tls = await startMailServer(CANARY, { secure: true })
  plain = await startMailServer(CANARY)
  bare = await startMailServer(CANARY, { hasTls: false, asks: false })
  strange = await startMailServer(CANARY, { secure: true, isKnown: false })
  const allow = [tls, plain, strange, bare].map(({ port }) => `127.0.0.1:${port}`)
  builtins = await startBuiltins({ allow, mailAuthorities: CERTIFICATE })
  const hosts = allow.slice(0, 3)
  await builtins.keepSecret('mail', CANARY, hosts)
  await builtins.keepSecret('wrong', `${CANARY}-not`, hosts)
  await builtins.keepSecret('stray', CANARY, ['mail.example.com:465'])
})
afterAll(async () => {
  await builtins.close()
  await Promise.all([tls, plain, strange, bare].map((server) => server.close()))
})
beforeEach(() => {
  for (const server of [tls, plain, strange, bare]) {
    server.received.length = 0
    server.answer = 'accepts'
  }
})

const at = (server: MailServer, changes: object = {}) => ({
  ...{ host: '127.0.0.1', port: server.port, from: 'ada@example.com' },
  ...{ encryption: server === tls ? 'tls' : 'starttls' },
  ...{ auth: { secret: 'mail', username: 'ada' }, ...changes },
})

async function send(config: object, mail: object = MAIL, timeoutMs?: number) {
  const result = await builtins.call({ tool: 'send_email', config: { ...config } }, mail, timeoutMs)
  expect(JSON.stringify(result)).not.toContain(CANARY)
  return result.status === 'failed' ? result.error.code : result
}

const sent = (recipients: number) => ({ status: 'succeeded', output: { sent: true, recipients } })

describe('send_email', () => {
  test.each([
    ['TLS', () => tls],
    ['STARTTLS', () => plain],
  ])('by %s brings a mail to everybody, once', async (_name, server) => {
    const mail = { ...MAIL, cc: ['eve@example.com', 'bob@example.com'] }
    expect(await send(at(server()), mail)).toEqual(sent(2))
    const [received, ...more] = server().received
    expect(more).toEqual([])
    expect(received).toMatchObject({
      ...{ user: 'ada', from: 'ada@example.com', isSecure: true },
      to: ['bob@example.com', 'eve@example.com'],
    })
    expect(received?.content).toMatch(/^Message-ID:\s+<[0-9a-f]{64}@example\.com>\r$/im)
    expect(received?.content).toMatch(/^Subject: =\?UTF-8\?/im)
    expect(received?.content).toContain('Bob')
    expect(received?.content).not.toMatch(/^(Bcc|X-Mailer):/im)
  })

  test.each([
    ['a server without TLS', () => at(bare, { auth: undefined }), 'email.no-tls'],
    ['a certificate of nobody', () => at(strange, { encryption: 'tls' }), 'email.no-tls'],
    [
      'a wrong password',
      () => at(tls, { auth: { secret: 'wrong', username: 'ada' } }),
      'email.login-refused',
    ],
    [
      'a secret of another server',
      () => at(tls, { auth: { secret: 'stray', username: 'ada' } }),
      'secret.host-not-allowed',
    ],
    [
      'no such secret',
      () => at(tls, { auth: { secret: 'none', username: 'ada' } }),
      'secret.not-found',
    ],
    ['a password in clear', () => at(bare, { encryption: 'none' }), 'email.password-in-clear'],
    ['a server inside', () => ({ ...at(tls), port: 465 }), 'secret.host-not-allowed'],
    [
      'a server inside, without a password',
      () => ({ ...at(tls, { auth: undefined }), port: 465 }),
      'egress.forbidden-address',
    ],
    [
      'a recipient that is not allowed',
      () => at(tls, { recipients: ['@example.org'] }),
      'email.recipient-not-allowed',
    ],
  ])('sends nothing with %s', async (_name, config, code) => {
    expect(await send(config())).toBe(code)
    for (const server of [tls, plain, strange, bare]) expect(server.received).toEqual([])
  })

  test('says whom the server does not bring it to', async () => {
    const to = ['bob@example.com', 'nobody@example.com']
    expect(await send(at(tls), { ...MAIL, to })).toEqual({
      status: 'succeeded',
      output: { sent: true, recipients: 1, rejected: ['nobody@example.com'] },
    })
    expect(await send(at(tls), { ...MAIL, to: to.slice(1) })).toBe('email.refused')
  })

  test('without TLS only where its grant says so', async () => {
    expect(await send(at(bare, { encryption: 'none', auth: undefined }))).toEqual(sent(1))
    expect(bare.received).toHaveLength(1)
  })

  test.each([
    [{ subject: 'Hi\r\nBcc: evil@example.org' }, 'email.invalid-subject'],
    [{ to: ['bob@example.com\r\nRCPT TO:<evil@example.org>'] }, 'email.invalid-address'],
    [{ attachments: [{ path: '/etc/passwd' }] }, 'tool.invalid-arguments'],
    [{ html: '<b>Hi</b>' }, 'tool.invalid-arguments'],
    [{ from: 'boss@example.com' }, 'tool.invalid-arguments'],
    [{ to: [] }, 'tool.invalid-arguments'],
    [{ text: 'x'.repeat(50_001) }, 'tool.invalid-arguments'],
  ])('refuses %j', async (changes, code) => {
    expect(await send(at(tls), { ...MAIL, ...changes })).toBe(code)
    expect(tls.received).toEqual([])
  })

  test.each([
    ['refuses', 'email.refused'],
    ['is-busy', 'email.unavailable'],
  ] as const)('that the server %s is not sent again', async (answer, code) => {
    tls.answer = answer
    expect(await send(at(tls))).toBe(code)
    expect(tls.received).toHaveLength(1)
  })

  test('whose answer never comes is not sent again, and nobody says that it was not', async () => {
    tls.answer = 'never'
    expect(await send(at(tls), MAIL, 500)).toBe('tool.outcome-unknown')
    expect(tls.received).toHaveLength(1)
  })
})
