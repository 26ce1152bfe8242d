import dgram from 'node:dgram'
import dns from 'node:dns'
import net from 'node:net'

// Node 24 cannot deny the network to a process as it denies files. Every client of Node, `fetch`
// included, goes through these; a parser needs none, so none is left. What a document names is
// never looked up, whatever library reads it.
function refuse(): never {
  throw new Error('A parser has no network')
}

net.Socket.prototype.connect = refuse
net.Server.prototype.listen = refuse
dgram.Socket.prototype.bind = refuse
dgram.Socket.prototype.connect = refuse
dgram.Socket.prototype.send = refuse
for (const client of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.getOwnPropertyNames(client)) {
    if (/^(?:lookup|resolve|reverse)/.test(name)) Object.assign(client, { [name]: refuse })
  }
}
