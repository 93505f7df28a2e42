export * from './errors.ts'
export * from './operation.ts'
export * from './schemas/process.ts'
export * from './schemas/scope.ts'
