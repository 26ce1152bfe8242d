import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { get, serve, testEgress } from './testing/test-server.ts'

const failing = (code: string) => expect.objectContaining({ code })

describe('a request', () => {
  test('sends method, headers and body, and brings back the answer', async () => {
    const { host } = await serve((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part) => parts.push(part))
      request.on('end', () => {
        response.writeHead(418, { 'x-got': `${request.method} ${request.headers['x-a']}` })
        response.end(Buffer.concat(parts))
      })
    })

    const answer = await testEgress({ allow: [host] }).request(
      get(`http://${host}/path`, { method: 'POST', headers: { 'X-A': '1' }, body: 'hello' }),
    )

    expect(answer).toMatchObject({
      status: 418,
      headers: { 'x-got': 'POST 1' },
      url: `http://${host}/path`,
    })
    expect(answer.body.toString()).toBe('hello')
  })

  test('has a connection of its own', async () => {
    const { host, server } = await serve((request, response) => {
      response.end(request.headers.connection)
    })
    const egress = testEgress({ allow: [host] })
    let connections = 0
    server.on('connection', () => {
      connections += 1
    })

    const { body } = await egress.request(get(`http://${host}/`))
    await egress.request(get(`http://${host}/`))

    expect(body.toString()).toBe('close')
    expect(connections).toBe(2)
  })

  test('unpacks what is compressed', async () => {
    const { host } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'))
    })

    const { body } = await testEgress({ allow: [host] }).request(get(`http://${host}/`))

    expect(body.toString()).toBe('hello')
  })

  test('does not mind the encoding of a body that is not there', async () => {
    const { host } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '50' }).end()
    })

    const { body } = await testEgress({ allow: [host] }).request(
      get(`http://${host}/`, { method: 'HEAD' }),
    )

    expect(body).toHaveLength(0)
  })

  test('ends with the reason of its signal', async () => {
    const { host, server } = await serve(() => {})
    const controller = new AbortController()
    const answer = testEgress({ allow: [host] }).request(
      get(`http://${host}/`, { signal: controller.signal }),
    )
    answer.catch(() => {})
    await once(server, 'request')

    controller.abort(new Error('cancelled'))

    await expect(answer).rejects.toThrow('cancelled')
  })
})

describe('the sender is told that the request may have arrived', () => {
  const sentTo = async (url: string, allow: string[], timeoutMs = 10_000) => {
    let sent = false
    const onSent = () => {
      sent = true
    }
    await testEgress({ allow })
      .request(get(url, { method: 'POST', body: '{}', onSent, timeoutMs }))
      .catch(() => {})
    return sent
  }

  test('when it was answered, or the connection broke, or nothing came back', async () => {
    const answering = await serve((_request, response) => response.end())
    const breaking = await serve((request) => request.socket.destroy())
    const silent = await serve(() => {})

    expect(await sentTo(`http://${answering.host}/`, [answering.host])).toBe(true)
    expect(await sentTo(`http://${breaking.host}/`, [breaking.host])).toBe(true)
    expect(await sentTo(`http://${silent.host}/`, [silent.host], 50)).toBe(true)
  })

  test('but not when it was refused or nobody listens', async () => {
    const { host, server } = await serve(() => {})
    server.close()
    await once(server, 'close')

    expect(await sentTo('http://127.0.0.1/', [])).toBe(false)
    expect(await sentTo('http://localhost/', [])).toBe(false)
    expect(await sentTo(`http://${host}/`, [host])).toBe(false)
  })
})

describe('a redirect', () => {
  const redirectTo =
    (location: string, status = 302): RequestListener =>
    (_request, response) =>
      response.writeHead(status, { location }).end()

  test.each([
    ['http://169.254.169.254/latest/meta-data', 'egress.forbidden-address'],
    ['http://127.0.0.1:80/', 'egress.forbidden-address'],
    ['http://example.com:22/', 'egress.forbidden-port'],
    ['file:///etc/passwd', 'egress.invalid-url'],
    ['http://[', 'egress.invalid-url'],
  ])('to %s is refused', async (location, code) => {
    const { host } = await serve(redirectTo(location))

    await expect(testEgress({ allow: [host] }).request(get(`http://${host}/`))).rejects.toEqual(
      failing(code),
    )
  })

  test('is followed three times and not a fourth time', async () => {
    const { host } = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.end('there')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    })
    const egress = testEgress({ allow: [host] })

    const answer = await egress.request(get(`http://${host}/3`))

    expect(answer.url).toBe(`http://${host}/0`)
    await expect(egress.request(get(`http://${host}/4`))).rejects.toEqual(
      failing('egress.too-many-redirects'),
    )
  })

  test('to another host takes no credentials along, to the same host it does', async () => {
    const echo: RequestListener = (request, response) =>
      response.end(JSON.stringify(request.headers))
    const stranger = await serve(echo)
    const { host } = await serve((request, response) => {
      if (request.url === '/out') redirectTo(`http://${stranger.host}/`)(request, response)
      else if (request.url === '/in') redirectTo('/echo')(request, response)
      else echo(request, response)
    })
    const egress = testEgress({ allow: [host, stranger.host] })
    const headers = {
      Authorization: 'Bearer secret',
      Cookie: 'session=secret',
      'X-Api-Key': 'secret',
      Accept: 'text/plain',
    }

    const out = await egress.request(get(`http://${host}/out`, { headers }))
    const inside = await egress.request(get(`http://${host}/in`, { headers }))

    expect(out.body.toString()).not.toContain('secret')
    expect(JSON.parse(out.body.toString())).toMatchObject({ accept: 'text/plain' })
    expect(JSON.parse(inside.body.toString())).toMatchObject({ authorization: 'Bearer secret' })
  })

  test.each(['x-key', 'accept', 'authorization'])(
    'to another origin goes without what only the first may know, in %s, and so does the way back',
    async (name) => {
      const echo: RequestListener = (request, response) =>
        response.end(JSON.stringify(request.headers))
      const stranger = await serve((request, response) => {
        if (request.url === '/') echo(request, response)
        else redirectTo(`http://${host}/echo`)(request, response)
      })
      const { host } = await serve((request, response) => {
        if (request.url === '/echo') echo(request, response)
        else
          redirectTo(request.url === '/in' ? '/echo' : `http://${stranger.host}${request.url}`)(
            request,
            response,
          )
      })
      const egress = testEgress({ allow: [host, stranger.host] })
      const seenAt = async (path: string) => {
        const asked = get(`http://${host}${path}`, { credentials: { [name]: 'secret' } })
        return (await egress.request(asked)).body.toString()
      }

      expect(await seenAt('/in')).toContain('secret')
      expect(await seenAt('/')).not.toContain('secret')
      expect(await seenAt('/back')).not.toContain('secret')
    },
  )

  test.each([
    [303, 'GET '],
    [302, 'GET '],
    [307, 'POST {}'],
    [308, 'POST {}'],
  ])('with %i after a POST becomes %j', async (status, seen) => {
    const { host } = await serve((request, response) => {
      if (request.url === '/') redirectTo('/to', status)(request, response)
      else {
        let body = ''
        request.on('data', (part) => {
          body += part
        })
        request.on('end', () => response.end(`${request.method} ${body}`))
      }
    })

    const { body } = await testEgress({ allow: [host] }).request(
      get(`http://${host}/`, { method: 'POST', body: '{}' }),
    )

    expect(body.toString()).toBe(seen)
  })
})

test('a request that names its origins reaches no other one, also by a redirect', async () => {
  let asked = 0
  const elsewhere = await serve((_request, response) => {
    asked += 1
    response.end()
  })
  const { host } = await serve((_request, response) =>
    response.writeHead(302, { location: `http://${elsewhere.host}/` }).end(),
  )
  const egress = testEgress({ allow: [host, elsewhere.host] })
  const origins = [`http://${host}`]

  const refused = { code: 'egress.forbidden-origin' }
  await expect(egress.request(get(`http://${host}/`, { origins }))).rejects.toMatchObject(refused)
  await expect(egress.request(get(`http://${elsewhere.host}/`, { origins }))).rejects.toMatchObject(
    refused,
  )
  expect(asked).toBe(0)
})
