// The counts of a test run as JSON, for the last line of `npm test`.
export default async function* count(source) {
  for await (const { type, data } of source) {
    if (type === "test:summary" && data.file === undefined) yield JSON.stringify(data.counts);
  }
}
