/** Results of standalone functions, at the place of the official client. */
export { ERR, OK, type Result, unwrap, unwrapAsync } from './result.ts'
