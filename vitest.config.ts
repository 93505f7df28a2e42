import { defineConfig } from 'vitest/config'

/** Files share a worker's modules (four times faster): a test keeps its state in its own variables and folders. */
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    globalSetup: ['packages/server/test/support/docker/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    isolate: false,
    // For a machine that stands still now and then: ten times what nearly every test takes on an idle one.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
})
