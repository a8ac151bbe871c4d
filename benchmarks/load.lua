-- wrk's script: asks the addresses of a file in turn, each made new by a comment where that is wanted.
-- Arguments: the file, 1 or 0 for new or not, a word that no other run has, the Accept header.
local addresses, count, fresh, word = {}, 0, false, ""

function init(args)
  for line in io.lines(args[1]) do addresses[#addresses + 1] = line end
  fresh, word = args[2] == "1", args[3]
  wrk.headers["Accept"] = args[4]
end

function request()
  count = count + 1
  local address = addresses[count % #addresses + 1]
  if fresh then address = address .. "%20%23" .. word .. count end
  return wrk.format("GET", address)
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('RESULT {"requests": %d, "seconds": %f, "bytes": %d, "p50": %f, "p99": %f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, e.connect + e.read + e.write + e.status + e.timeout))
end
