/**
 * The least that a server could do after a kill: open the database, take the processes that should live, hold pid and
 * start time of each against /proc, answer over HTTP. Plain JavaScript, so that it does not pay for types.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'

const [file, port] = process.argv.slice(2)
const db = new DatabaseSync(file)
const rows = db.prepare("select id, pid, start, body from processes where status = 'running'").all()
const alive = new Map()
for (const { id, pid, start, body } of rows) {
  if (startTimeOf(pid) === start) alive.set(id, JSON.parse(body))
}
createServer((_request, response) => {
  const body = JSON.stringify({ alive: alive.size })
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
}).listen(Number(port), '127.0.0.1')

function startTimeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
