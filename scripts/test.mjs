/**
 * `npm test`: everything that is checked, then every test, then one line `N passed, N failed, N skipped`. With
 * arguments only the tests of these files. Ends with 1 when anything failed, was broken or did not run.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { binOf, endWithNpm, run } from './node24.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

ensureInstalled()
endWithNpm()
const files = process.argv.slice(2)
ensureSystemPackages()
const checkCode = files.length === 0 ? await run(['scripts/check.mjs']) : 0
const { code, summary } = await runTests(files)
process.exitCode = report({ checkCode, code, summary })

async function runTests(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-test-'))
  const file = join(folder, 'summary.json')
  const reporters = ['--reporter=default', '--reporter=./scripts/summary-reporter.mjs']
  const tries = process.env.CI === undefined ? [] : ['--retry=1']
  const args = [binOf('vitest'), 'run', ...reporters, ...tries, ...filters]
  const code = await run(args, { TEST_SUMMARY_FILE: file })
  const summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  rmSync(folder, { recursive: true })
  return { code, summary }
}

/** Prints the end and answers the exit code. */
function report({ checkCode, code, summary }) {
  const nothing = { passed: 0, failed: 0, skipped: [], retried: [] }
  const { passed, failed, skipped, retried } = summary ?? nothing
  const counted = passed + failed
  const broken = failed === 0 && (code !== 0 || counted === 0)
  for (const line of skippedLines(skipped)) console.log(line)
  for (const { file, name, error } of retried) {
    console.log(`Passed at its second try: ${file}: ${name}\n${error}`)
  }
  if (checkCode !== 0) console.log('The check failed: npm run check')
  if (broken) console.log(counted === 0 ? 'No test ran' : `vitest ended with code ${code}`)
  console.log(`${passed} passed, ${broken ? 1 : failed} failed, ${skipped.length} skipped`)
  return checkCode !== 0 || failed > 0 || broken ? 1 : 0
}

/** Skipped tests by file and reason. */
function skippedLines(skipped) {
  const byReason = new Map()
  for (const { file, name, reason } of skipped) {
    const key = `${file}: ${reason}`
    byReason.set(key, [...(byReason.get(key) ?? []), name])
  }
  const lines = [...byReason].flatMap(([key, names]) => [
    `  ${key}`,
    ...names.map((name) => `    ${name}`),
  ])
  return lines.length === 0 ? [] : ['Skipped:', ...lines]
}
