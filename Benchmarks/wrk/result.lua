-- Prints what linli-bench reads: one line of JSON.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"seconds":%.6f,"p50":%d,"p90":%d,"p99":%d,"max":%d,"bytes":%d,"status":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(90), latency:percentile(99),
    latency.max, summary.bytes, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
