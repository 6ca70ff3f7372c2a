/** What can be typed. */
export const helpText = `  /imagine a fox in the snow                    pictures of what the rest of the line says
  /imagine prompt:a fox images:2 guidance:7 private:true
  /usage                                        what is spent and what is left
  press 1                                       presses the button with that number
  as bob                                        act as somebody else: alice, bob, mod, owner, carol
  in #general                                   go to another channel: #quiet, #after-dark, #operator …
  look                                          shows everything in this channel again
  clock +15m                                    moves the time on (s, m, h, d)
  fault claid down                              breaks something; "fault" alone lists what, "fault off" mends it
  wait TEXT                                     waits until something new here says TEXT
  raw /imagine a fox images:9                   acts as a hacked client that checks nothing
  restart                                       stops the bot and starts it again; old buttons still work
  quit                                          leaves (so does Ctrl-C)`;
