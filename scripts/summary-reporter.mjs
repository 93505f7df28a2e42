/** A vitest reporter: writes what `npm test` says at its end into the file that TEST_SUMMARY_FILE names. */
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()])
    const inState = (state) => tests.filter((test) => test.result().state === state)
    const failed = [
      ...inState('failed'),
      ...inState('pending'),
      ...suites.filter(isBroken),
      ...unhandledErrors,
    ]
    const skipped = inState('skipped').map(described)
    const retried = tests.filter((test) => test.diagnostic()?.flaky).map(withError)
    const summary = { passed: inState('passed').length, failed: failed.length, skipped, retried }
    writeFileSync(process.env.TEST_SUMMARY_FILE, JSON.stringify(summary))
  }
}

/** A file or group that failed by itself: it did not load, or a hook around its tests threw. */
const isBroken = (suite) => suite.errors().length > 0

const placed = (test) => ({
  file: relative(process.cwd(), test.module.moduleId),
  name: test.fullName,
})

const withError = (test) => ({
  ...placed(test),
  error: test.result().errors?.[0]?.stack ?? 'unknown',
})

const described = (test) => ({
  ...placed(test),
  reason: test.result().note ?? 'skipped in the code',
})
