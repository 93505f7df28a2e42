/** A vitest reporter: writes what `npm test` says at its end into the file that TEST_SUMMARY_FILE names. */
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const inState = (state) => tests.filter((test) => test.result().state === state)
    const brokenFiles = modules.filter(isBroken).length
    const summary = {
      passed: inState('passed').length,
      failed:
        inState('failed').length + inState('pending').length + brokenFiles + unhandledErrors.length,
      skipped: inState('skipped').map(described),
    }
    writeFileSync(process.env.TEST_SUMMARY_FILE, JSON.stringify(summary))
  }
}

/** A file that failed by itself: it did not load, a hook outside of tests threw, its worker ended. */
const isBroken = (module) =>
  module.errors().length > 0 || ['pending', 'queued'].includes(module.state())

function described(test) {
  const reason = test.result().note ?? 'skipped in the code'
  return { file: relative(process.cwd(), test.module.moduleId), name: test.fullName, reason }
}
