/** What programs bundle of the client, against a budget: a part of `npm run check`. */
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

interface Part {
  readonly name: string
  readonly code: string
  readonly mostBytes: number
}

const parts: readonly Part[] = [
  {
    ...{ name: 'all groups', mostBytes: 12 * 1_024 },
    code: "export { Hatchery } from './index.ts'",
  },
  {
    ...{ name: 'one group', mostBytes: 4 * 1_024 },
    code: "export { ProcessesV3, createSender } from './groups.ts'",
  },
  {
    ...{ name: 'one function', mostBytes: 4 * 1_024 + 512 },
    code: [
      "export { HathoraCloudCore } from './core.ts'",
      "export { processesV3CreateProcess } from './generated/funcs.ts'",
    ].join('\n'),
  },
  {
    ...{ name: 'the client of players', mostBytes: 5 * 1_024 },
    code: "export { HatcheryPlayer } from './player.ts'",
  },
]

for (const { name, code, mostBytes } of parts) {
  const bytes = await sizeOf(code)
  console.log(`${name}: ${bytes} bytes of ${mostBytes}, minified and gzipped`)
  if (bytes > mostBytes) process.exitCode = 1
}

async function sizeOf(contents: string): Promise<number> {
  const resolveDir = join(import.meta.dirname, '../src')
  const { outputFiles } = await build({
    ...{ stdin: { contents, resolveDir, loader: 'ts' }, bundle: true, minify: true },
    ...{ format: 'esm', platform: 'browser', target: 'es2024', write: false },
  })
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).byteLength
}
