# schleuder.rb FINGERPRINT KEYS... < subscribers: make a mailing list that has
# the secret key of this fingerprint and these subscribers, a line of address
# and fingerprint each; the first may administer it. Where, say SCHLEUDER_CONFIG
# and SCHLEUDER_LIST_DEFAULTS.
require 'schleuder'

ActiveRecord::Schema.verbose = false
load "#{$".grep(/schleuder\.rb$/).first.delete_suffix('.rb')}/db/schema.rb"
dir = "#{Schleuder::Conf.lists_dir}/centre.example/vuls"
FileUtils.mkdir_p(dir, mode: 0o700)
ARGV.drop(1).each do |keys|
  system('gpg', '--homedir', dir, '--batch', '--quiet', '--import', keys)
end
list, = Schleuder::ListBuilder.new({ email: 'vuls@centre.example',
                                     fingerprint: ARGV.first }).run
STDIN.each_line do |line|
  address, fingerprint = line.split
  made, = list.subscribe(address, fingerprint, STDIN.lineno == 1)
  raise made.errors.full_messages.join(', ') if made.errors.any?
end
