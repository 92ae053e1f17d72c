# frozen_string_literal: true

# Runs license.rb over the cases in the current folder.
require './license'

rows = ->(name) { File.readlines(name, chomp: true).map { |line| line.split("\t") } }
settings = { withdrawn: [] }
rows.call('settings.tsv').each do |name, value|
  if name == 'withdrawn'
    settings[:withdrawn] << value
  else
    settings[name.to_sym] = Integer(value)
  end
end
rows.call('cases.tsv').each do |name, keys, now, perpetual, path|
  license = Licensing.decide(File.read(path), File.read(keys), Integer(now),
                             **settings, perpetual: perpetual == '1')
  puts [name, license.state.to_s.tr('_', '-'), license.id || '-'].join("\t")
end
