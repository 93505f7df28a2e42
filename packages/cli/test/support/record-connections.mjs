/**
 * Loaded into a `hatchery` before anything else: writes a line for each connection that it opens, `host:port` or the
 * path of a socket, to the file that CONNECTIONS_FILE names. What opens none leaves no file.
 */
import { appendFileSync } from 'node:fs'
import { Socket } from 'node:net'

const connect = Socket.prototype.connect

Socket.prototype.connect = function record(...args) {
  // `net.connect` and `fetch` hand on their arguments in an array, options first.
  const [options] = args.flat()
  const isOptions = typeof options === 'object' && options !== null
  const where = isOptions
    ? (options.path ?? `${options.host ?? options.hostname ?? 'localhost'}:${options.port}`)
    : args.slice(0, 2).join(':')
  appendFileSync(process.env.CONNECTIONS_FILE, `${where}\n`)
  return connect.apply(this, args)
}
