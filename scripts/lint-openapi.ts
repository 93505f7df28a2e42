/** Lints the OpenAPI document of the API. Started by `npm run check`, which puts the commands of node_modules on the path. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApiDocument } from '@hatchery/contract'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'hatchery-openapi-'))
try {
  const file = join(folder, 'openapi.json')
  const document = openApiDocument({ version: '0.0.0', serverUrl: 'https://games.example' })
  writeFileSync(file, JSON.stringify(document, null, 1))
  const { status } = spawnSync('redocly', ['lint', file, '--max-problems=20'], {
    ...{ cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true })
}
