// What a team writes that takes Socket.IO as it comes: one room, one emit to it, an acknowledgement. Default options; the clients use the WebSocket transport.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http)

io.on('connection', (socket) => {
  socket.on('join', (done) => {
    socket.join('listeners')
    done()
  })
  socket.on('publish', (message, done) => {
    io.to('listeners').emit('message', message)
    done()
  })
})

http.listen(Number(process.env.PORT), '127.0.0.1')
