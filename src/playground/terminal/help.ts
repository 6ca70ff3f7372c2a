/** What can be typed. */
export const helpText = `  /imagine a fox in the snow                    pictures of what the rest of the line says
  /imagine prompt:a fox images:2 guidance:7 private:true
  /imagine a fox image=out/1.png strength:0.3   an option that takes a file, by its path on this machine
  /compare a fox model-1:claid model-2:kidjig/flux-dev
  /usage                                        what is spent and what is left
  /easel limit set credits:40 per:day for:@Regulars    groups and subcommands; people, roles, #channels by name
  suggest /easel word remove rule:ba            the choices that are offered while that is typed
  press 1                                       presses the button with that number; press Delete, the newest that says so
  choose 2 on 3                                 chooses the second option of the list with number 3
  menu "Easel: moderate" on 1                   the menu of the message with button 1; without "on" of the newest
  fill words=bad why=because                    fills in the form that was opened, and sends it
  as bob                                        act as somebody else: alice, bob, dave, erin, mod, owner, carol
  in #general                                   go to another channel: #quiet, #after-dark, #log, #operator …
  dm                                            go to the direct messages with Easel
  say hello                                     writes a message; remove 1 deletes the one with button 1
  look                                          shows everything in this channel again
  roles bob Regulars Guests                     bob has these roles from now on; "drop Guests" deletes that role
  allow /easel for Helpers                      Discord lets a role or member use a command; also deny
  adults #general                               makes a channel age-restricted; everybody #general takes that back
  leave                                         leaves the server for good
  clock +15m                                    moves the time on (s, m, h, d)
  fault stablecog down                          breaks something; "fault" alone lists what, "fault off" mends it
  wait TEXT                                     waits until something new here says TEXT
  raw /imagine a fox images:9                   acts as a hacked client that checks nothing; also raw press, menu …
  restart                                       stops the bot and starts it again; old buttons still work
  quit                                          leaves (so does Ctrl-C)`;
