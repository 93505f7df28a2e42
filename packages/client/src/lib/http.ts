/** The sender of requests with its hooks, at the place of the official client. */
export {
  type BeforeRequestHook,
  type Fetcher,
  HTTPClient,
  type HTTPClientOptions,
  type RequestErrorHook,
  type ResponseHook,
} from '../http-client.ts'
