import { expect, test } from 'vitest'
import { textOf } from '../support/upload.ts'
import { burstLines, obedient, order } from './odd-servers.ts'
import { deployed, openPlayground, portOf, running, stopped } from './playground.ts'
test('probe', async () => {
  const playground = await openPlayground()
  await deployed(playground, obedient)
  const process = await running(playground)
  const { logsV1 } = playground.cloud
  const t=performance.now()
  const r = await Promise.race([logsV1.getLogsForProcess(process.processId, undefined, true, 100), new Promise(r=>setTimeout(r,3000,'late'))])
  console.log(typeof r, performance.now()-t)
  if (r!=='late') (r as ReadableStream).cancel()
  await stopped(playground, process.processId)
})
test('many', async () => {
  const playground = await openPlayground()
  await deployed(playground, {Procfile:'server: teeworlds-server "sv_register 0" "sv_port $PORT"\n'},{requestedCPU:0.25})
  const t=performance.now()
  const all = await Promise.all(Array.from({length:20},()=>running(playground)))
  console.log(performance.now()-t, all.map(portOf).sort())
  await Promise.all(all.map(p=>stopped(playground,p.processId)))
  console.log(performance.now()-t)
})
