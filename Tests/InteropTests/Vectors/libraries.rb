# Asks ruby-jwt or json-jwt about each line of cases.tsv: see libraries.py.
require 'base64'
require 'json'
require 'openssl'
require ARGV[0]

def check_jwt(name, algorithm, keys, token)
  if keys != 'pem'
    set = JSON.parse(File.read("#{keys}.json"), symbolize_names: true)
    JWT.decode(token, nil, true, algorithms: [algorithm], jwks: set)
  else
    JWT.decode(token, name == 'pem' ? pem_key : bare_key, true, algorithm: algorithm)
  end
end

def pem_key
  OpenSSL::PKey.read(File.read('public-key.pem'))
end

def bare_key
  require 'rbnacl'
  pem = File.read('public-key.pem')
  der = Base64.decode64(pem.lines.reject { |line| line.start_with?('-----') }.join)
  RbNaCl::Signatures::Ed25519::VerifyKey.new(der[-32..])
end

def check_json_jwt(_name, algorithm, keys, token)
  key = keys == 'pem' ? pem_key : JSON::JWK::Set.new(JSON.parse(File.read("#{keys}.json")))
  JSON::JWT.decode(token, key, [algorithm.to_sym])
end

check = method(ARGV[0] == 'jwt' ? :check_jwt : :check_json_jwt)
puts Gem::Specification.find_by_name(ARGV[0].tr('/', '-')).version
File.foreach('cases.tsv', chomp: true) do |line|
  name, algorithm, keys, token = line.split("\t")
  begin
    check.call(name, algorithm, keys, token)
    puts "#{name}\tyes\t"
  rescue StandardError, NotImplementedError => e
    puts "#{name}\tno\t#{e.message.lines.first&.chomp}"
  end
end
