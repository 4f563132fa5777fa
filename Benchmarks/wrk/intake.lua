-- Reports of different words, each under a key of its own.
-- Arguments: file of bodies (one JSON object a line), file of bearer tokens, a word that makes keys unique, path.
dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "result.lua")
local heads, bodies, count, run = {}, {}, 0, ""

function init(args)
  for token in io.lines(args[2]) do
    heads[#heads + 1] = "POST " .. args[4] .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
      .. "Authorization: Bearer " .. token .. "\r\nIdempotency-Key: "
  end
  for body in io.lines(args[1]) do
    bodies[#bodies + 1] = "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
  end
  run = args[3]
end

-- Put together by hand: wrk.format would write the headers anew for each request.
function request()
  count = count + 1
  return heads[count % #heads + 1] .. run .. "-" .. count .. bodies[count % #bodies + 1]
end
